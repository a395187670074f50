<?php
declare(strict_types=1);

return [
    'one-thread-for-each-worker' => ['One thread for each busy worker', 'A PHP worker is a process of tens of megabytes; a thread is cheap beside it. So each exchange with PHP is '
        . 'straight-line code on a thread of its own, and nobody who only waits holds one: not an idle client, not a slow upload, not a slow reader.'],
    'the-queue-is-in-front' => ['The queue is in front', 'PHP-FPM ties one worker to one connection. When all are busy, requests wait in a fair queue in the server, '
        . 'and not in the backlog of a socket that refuses at once when it is full.'],
    'broken-looks-broken' => ['What is broken looks broken', 'If a worker dies in the middle of an answer, the client gets a message without its end. '
        . 'A truncated page that looks complete would be cached, and believed.'],
];
