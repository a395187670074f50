<?php // 1 GiB in pieces of 64 KiB, as applications send files
$file = fopen(__DIR__ . '/../gigabyte', 'rb');
while (ob_get_level() > 0) {
    ob_end_flush();
}
while (!feof($file)) {
    echo fread($file, 65536);
}
