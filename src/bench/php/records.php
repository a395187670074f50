<?php // 200 small FastCGI records at once
while (ob_get_level() > 0) {
    ob_end_flush();
}
for ($i = 0; $i < 200; $i++) {
    printf("<p>paragraph %3d %s</p>\n", $i, str_repeat('x', 80));
    flush();
}
