<?php // 100 MiB in pieces of 64 KiB, as applications send files
$file = fopen(__DIR__ . '/../gigabyte', 'rb');
while (ob_get_level() > 0) {
    ob_end_flush();
}
for ($i = 0; $i < 1600; $i++) {
    echo fread($file, 65536);
}
