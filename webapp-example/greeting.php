<?php
declare(strict_types=1);
require __DIR__ . '/WEB-INF/php/page.php';
top('A greeting from Java');
?>
<p class="big"><?= e($_SERVER['JAVA_GREETING'] ?? 'Nobody greets: open /java/forward, where a servlet does.') ?></p>
<p>A servlet put this text into a request attribute and forwarded to <code>greeting.php</code>. The setting
<code>php.param.JAVA_GREETING=${attr:greeting}</code> made a variable of it. PHP still sees the URL that was asked for:
<code><?= e($_SERVER['REQUEST_URI']) ?></code>.</p>
<?php bottom();
