<?php
// Asked by the server at start, as the workers' user: can it read the document root?
$path = $_SERVER['READ_CHECK'];
if (is_dir($path) && is_readable($path) && is_executable($path)) {
    exit('readable');
}
// The topmost directory on the way that cannot be entered.
$blocked = $path;
for ($step = $path; $step !== dirname($step); $step = dirname($step)) {
    if (!@is_executable($step)) {
        $blocked = $step;
    }
}
preg_match('/^Uid:\s+\d+\s+(\d+)/m', (string) @file_get_contents('/proc/self/status'), $uid);
echo 'the workers run as the user with id ', $uid[1] ?? 'unknown', ', who cannot enter or read ', $blocked;
