<?php
declare(strict_types=1);

top('PHP, served by Java');
?>
<p class="big">This page is PHP. A Java server took the request, saw that it is for a script, and handed it to a PHP-FPM worker.</p>
<figure class="way">
<?php readfile(__DIR__ . '/../pictures/way-wide.svg') ?>
<?php readfile(__DIR__ . '/../pictures/way-narrow.svg') ?>
  <figcaption>The way of a request. Only the last step holds a PHP worker, and only while PHP works.</figcaption>
</figure>
<h2>See what works</h2>
<ul class="cards">
<?php foreach (array_slice(pages(), 1) as $path => [$label, $shows]): ?>
  <li><a href="<?= e(url($path)) ?>"><strong><?= e($label) ?></strong> <?= e($shows) ?></a></li>
<?php endforeach ?>
</ul>
<h2>This very answer</h2>
<dl class="facts">
  <div><dt>PHP</dt><dd><?= e(PHP_VERSION) ?></dd></div>
  <div><dt>through</dt><dd><?= e(PHP_SAPI) ?></dd></div>
  <div><dt>worker</dt><dd><?= e(getmypid()) ?></dd></div>
  <div><dt>protocol</dt><dd><?= e($_SERVER['SERVER_PROTOCOL']) ?></dd></div>
</dl>
<p class="note">Load the page again: another worker may answer.</p>
<?php bottom();
