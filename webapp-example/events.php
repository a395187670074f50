<?php
declare(strict_types=1);

// Server-sent events, each flushed when it is written. A browser that was cut off says which one it has, and gets the rest.

require __DIR__ . '/WEB-INF/php/streaming.php';

$received = max(0, (int) ($_SERVER['HTTP_LAST_EVENT_ID'] ?? 0));
if ($received >= STEPS) {
    // 204 tells an EventSource not to come again.
    http_response_code(204);
    exit;
}
header('Content-Type: text/event-stream');
header('Cache-Control: no-store');
sendAtOnce();
for ($id = $received + 1; $id <= STEPS; $id++) {
    printf("id: %d\ndata: event %d of %d, sent at %s\n\n", $id, $id, STEPS, now());
    flush();
    work();
}
