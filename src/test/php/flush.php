<?php // Writes "one", waits for the file named by ?until to appear, then writes "two".
header('Content-Type: text/event-stream'); echo "data: one\n\n"; while (ob_get_level()) ob_end_flush(); flush();
for ($i = 0; $i < 1000 && !file_exists($_GET['until']); $i++) { usleep(10000); clearstatcache(); }
echo "data: two\n\n";
