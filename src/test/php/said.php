<?php // Answers with status ?code, header fields, and, if there is ?flush, a first part at once.
header('WWW-Authenticate: Basic realm="x"'); header('X-Own: 1'); setcookie('a', '1'); http_response_code((int) $_GET['code']); echo 'said by PHP';
if (isset($_GET['flush'])) { while (ob_get_level()) ob_end_flush(); flush(); usleep(50000); echo str_repeat(' and more', 10000); }
