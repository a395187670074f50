<?php
// Asked by the server at start, as the workers' user: can it read the document root? Where is php.ini? What may an application set (PHP_INI_PERDIR)?
$path = $_SERVER['READ_CHECK'];
if (is_dir($path) && is_readable($path) && is_executable($path)) {
    $loaded = function_exists('php_ini_loaded_file') ? php_ini_loaded_file() : false;
    $scanned = function_exists('php_ini_scanned_files') ? array_map('trim', explode(',', (string) php_ini_scanned_files())) : [];
    echo "readable\n", $loaded ?: PHP_CONFIG_FILE_PATH . '/php.ini', "\n", PHP_CONFIG_FILE_SCAN_DIR, "\n";
    echo implode("\n", array_unique(array_map('dirname', array_filter($scanned))));
    foreach (function_exists('ini_get_all') ? ini_get_all() : [] as $name => $of) {
        echo $of['access'] & 2 ? "\nsettable $name" : '';
    }
    exit;
}
// The topmost directory on the way that cannot be entered.
$blocked = $path;
for ($step = $path; $step !== dirname($step); $step = dirname($step)) {
    if (!@is_executable($step)) {
        $blocked = $step;
    }
}
preg_match('/^Uid:\s+\d+\s+(\d+)/m', (string) @file_get_contents('/proc/self/status'), $uid);
$user = isset($uid[1]) && function_exists('posix_getpwuid') ? posix_getpwuid((int) $uid[1]) : false;
echo 'the workers run as the user ', $user ? $user['name'] : 'with id ' . ($uid[1] ?? 'unknown'), ', who cannot enter or read ', $blocked;
