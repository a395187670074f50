<?php
declare(strict_types=1);

// Shows a request attribute of Java: the servlet at /java/forward sets it and forwards to this page.

require __DIR__ . '/WEB-INF/php/page.php';

$greeting = $_SERVER['JAVA_GREETING'] ?? null;

top('A greeting from Java');
if ($greeting === null): ?>
<p class="big">Nobody greets: you came here by yourself.</p>
<p><a href="<?= e(url('/java/forward')) ?>">Let the servlet bring you here</a></p>
<?php else: ?>
<p class="big"><?= e($greeting) ?></p>
<?php endif ?>
<p>A servlet puts a text into the request attribute <code>greeting</code> and forwards to <code>/greeting.php</code>. The setting
<code>php.param.JAVA_GREETING=${attr:greeting}</code> makes a variable of it. PHP sees the URL that was asked for:</p>
<dl class="variables">
  <div><dt>REQUEST_URI</dt><dd><?= e($_SERVER['REQUEST_URI']) ?></dd></div>
  <div><dt>SCRIPT_NAME</dt><dd><?= e($_SERVER['SCRIPT_NAME']) ?></dd></div>
</dl>
<p><a href="<?= e(url('/java/page')) ?>">A page of Java in a frame of PHP</a></p>
<?php bottom();
