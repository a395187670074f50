<?php
declare(strict_types=1);
// Ten server-sent events, each flushed when it is written.
header('Content-Type: text/event-stream');
header('Cache-Control: no-store');
while (ob_get_level() > 0) {
    ob_end_flush();
}
for ($i = 1; $i <= 10; $i++) {
    printf("id: %d\ndata: event %d of 10, sent at %s\n\n", $i, $i, date('H:i:s.') . sprintf('%03d', (int) (fmod(microtime(true), 1) * 1000)));
    flush();
    usleep(400_000);
}
