<?php // what PHP received: its length, its checksum, what CONTENT_LENGTH said
$in = fopen('php://input', 'rb');
$hash = hash_init('crc32b');
$length = 0;
while (!feof($in)) {
    $piece = fread($in, 65536);
    $length += strlen($piece);
    hash_update($hash, $piece);
}
echo $length, ' ', hash_final($hash), ' ', $_SERVER['CONTENT_LENGTH'] ?? 'none', "\n";
