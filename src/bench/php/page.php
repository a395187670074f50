<?php // 8 MiB that Bytes.java can make too: a block without repetitions, of a length that no buffer has, again and again
$block = '';
for ($x = 1, $i = 0; $i < 65521; $i++) {
    $x = $x * 1103515245 + 12345 & 0x7fffffff;
    $block .= chr($x >> 16 & 255);
}
for ($left = 8 << 20; $left > 0; $left -= 65521) {
    echo $left < 65521 ? substr($block, 0, $left) : $block;
}
