<?php // Notes the first line of the body in the file named by ?seen as soon as it has come, and answers with the rest.
$body = fopen('php://input', 'r'); file_put_contents($_GET['seen'], fgets($body)); echo fgets($body);
