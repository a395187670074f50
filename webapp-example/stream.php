<?php
declare(strict_types=1);

// Shows the server-sent events of events.php as they come.

require __DIR__ . '/WEB-INF/php/page.php';
require __DIR__ . '/WEB-INF/php/streaming.php';

top('Streaming');
?>
<p class="big">PHP writes an event, calls <code>flush()</code>, and goes on. Each event is here when it was sent.</p>
<p>No setting is needed. The same works for a page: <a href="<?= e(url('/progress.php')) ?>">a page that grows while you read it</a>, without JavaScript.</p>
<progress id="bar" max="<?= e(STEPS) ?>" value="0" aria-label="Events received"></progress>
<p id="state" role="status">Waiting for the first event.</p>
<ol id="events" class="events"></ol>
<noscript><p><a href="<?= e(url('/events.php')) ?>">The events themselves</a></p></noscript>
<script src="<?= e(url('/assets/stream.js')) ?>" data-url="<?= e(url('/events.php')) ?>"></script>
<?php bottom();
