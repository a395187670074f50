<?php echo str_repeat("x", 70000); flush(); usleep(50000); exec("kill -9 " . getmypid()); sleep(5);
