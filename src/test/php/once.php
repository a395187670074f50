<?php // Notes in the file named by ?ran that the request ?id has run, and answers with its id.
file_put_contents($_GET['ran'], $_GET['id'] . "\n", FILE_APPEND | LOCK_EX); echo $_GET['id'];
