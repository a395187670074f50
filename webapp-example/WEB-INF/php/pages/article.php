<?php
declare(strict_types=1);

/** @var array{title: string, text: string} $article as the front controller found it */

top($article['title']);
?>
<p class="big"><?= e($article['text']) ?></p>
<dl class="variables">
  <div><dt>REQUEST_URI</dt><dd><?= e($_SERVER['REQUEST_URI']) ?></dd><dd class="note">what you asked for</dd></div>
  <div><dt>SCRIPT_NAME</dt><dd><?= e($_SERVER['SCRIPT_NAME']) ?></dd><dd class="note">what answered</dd></div>
</dl>
<p><a href="<?= e(url('/articles')) ?>">All articles</a></p>
<?php bottom();
