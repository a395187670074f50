<?php
declare(strict_types=1);
require __DIR__ . '/WEB-INF/php/page.php';
top('Streaming');
?>
<p>PHP sends an event, calls <code>flush()</code>, and goes on. Each event arrives when it was sent, without a setting.</p>
<progress id="bar" max="10" value="0" aria-label="Events received"></progress>
<ol id="events" class="events" aria-live="polite"></ol>
<noscript><p><a href="<?= e(base()) ?>/events.php">The events themselves</a></p></noscript>
<script src="<?= e(base()) ?>/assets/stream.js" data-url="<?= e(base()) ?>/events.php"></script>
<?php bottom();
