<?php
declare(strict_types=1);

// A page that is sent while it is made: the browser shows each line when PHP has flushed it.

require __DIR__ . '/WEB-INF/php/page.php';
require __DIR__ . '/WEB-INF/php/streaming.php';

header('Cache-Control: no-store');
sendAtOnce();
top('A page that grows');
?>
<p class="big">There is no JavaScript here. PHP works, writes a line, and flushes it.</p>
<ol class="events">
<?php
for ($step = 1; $step <= STEPS; $step++) {
    printf("  <li>step %d of %d, done at %s</li>\n", $step, STEPS, now());
    flush();
    work();
}
?>
</ol>
<p>Done. <a href="<?= e(url('/stream.php')) ?>">Back to streaming</a></p>
<?php bottom();
