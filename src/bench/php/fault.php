<?php // Notes that it has run, waits for ?ms, and answers with the name of its pool and the ?id; with ?halves a half of the answer comes before the wait, with ?after work of so many ms after the answer.
file_put_contents($_GET['ran'], $_GET['id'] . "\n", FILE_APPEND | LOCK_EX);
if (isset($_GET['halves'])) {
    while (ob_get_level() > 0) {
        ob_end_flush();
    }
    echo str_repeat('x', 20000);
    flush();
}
usleep(1000 * (int) $_GET['ms']);
echo isset($_GET['halves']) ? str_repeat('x', 20000) : '', getenv('NODE') ?: 'php', ' ', $_GET['id'];
if (isset($_GET['after'])) {
    fastcgi_finish_request();
    usleep(1000 * (int) $_GET['after']);
}
