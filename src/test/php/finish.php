<?php echo "answered"; fastcgi_finish_request(); usleep(1000 * (int) $_GET["ms"]);
