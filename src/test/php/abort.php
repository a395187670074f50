<?php // Writes a line every 10 ms; when that fails, the file named by ?aborted.
ignore_user_abort(true); while (ob_get_level()) ob_end_flush();
for ($i = 0; $i < 1000; $i++) { echo "line\n"; flush(); usleep(10000);
    if (connection_aborted()) { file_put_contents($_GET['aborted'], 'x'); exit; } }
