<?php // Adds a byte to the file named by ?count, waits for the one named by ?until, writing nothing, then adds a byte to the one named by ?ended.
file_put_contents($_GET['count'], 'x', FILE_APPEND);
for ($i = 0; $i < 1000 && !file_exists($_GET['until']); $i++) { usleep(10000); clearstatcache(); }
file_put_contents($_GET['ended'], 'x', FILE_APPEND);
echo "counted";
