<?php // a line with the time in microseconds every 100 ms for 10 s
header('Content-Type: text/event-stream');
header('Cache-Control: no-store');
while (ob_get_level() > 0) {
    ob_end_flush();
}
usleep(random_int(0, 500_000)); // or all streams would speak at the same moment
for ($i = 0; $i < 100; $i++) {
    echo 'data: ', (int) (microtime(true) * 1e6), "\n\n";
    flush();
    usleep(100_000);
}
