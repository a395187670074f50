<?php // Ends the answer, then works on until the file named by ?until appears.
echo "answered"; fastcgi_finish_request(); for ($i = 0; $i < 1000 && !file_exists($_GET["until"]); $i++) { usleep(10000); clearstatcache(); }
