<?php
declare(strict_types=1);

/** @return array<string, array{title: string, text: string}> what would be a database elsewhere: slug => article */
return [
    'one-thread-for-each-worker' => [
        'title' => 'One thread for each busy worker',
        'text' => 'A PHP worker is a process of tens of megabytes; a thread is cheap beside it. So each exchange with PHP is '
            . 'straight-line code on a thread of its own, and nobody who only waits holds one: not an idle client, '
            . 'not a slow upload, not a slow reader.',
    ],
    'the-queue-is-in-front' => [
        'title' => 'The queue is in front',
        'text' => 'PHP-FPM ties one worker to one connection. When all are busy, requests wait in a fair queue in the server, '
            . 'and not in the backlog of a socket that refuses at once when it is full.',
    ],
    'broken-looks-broken' => [
        'title' => 'What is broken looks broken',
        'text' => 'If a worker dies in the middle of an answer, the client gets a message without its end. '
            . 'A truncated page that looks complete would be cached, and believed.',
    ],
];
