<?php // Adds a byte to the file named by ?count, waits for the one named by ?until, writing nothing (with ?flush something behind it, at which PHP ends if nobody takes it), then adds a byte to the one named by ?ended.
file_put_contents($_GET['count'], 'x', FILE_APPEND);
for ($i = 0; $i < 1000 && !file_exists($_GET['until']); $i++) { usleep(10000); clearstatcache(); }
if (isset($_GET['flush'])) { while (ob_get_level()) ob_end_flush(); echo " "; flush(); }
file_put_contents($_GET['ended'], 'x', FILE_APPEND);
echo "counted";
