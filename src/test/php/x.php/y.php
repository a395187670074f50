<?php echo "script in a directory named like a script";
