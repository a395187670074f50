<?php // Counts its runs in the file ?count before it dies.
file_put_contents($_GET['count'], 'x', FILE_APPEND); exec('kill -9 ' . getmypid()); sleep(5);
