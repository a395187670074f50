<?php
declare(strict_types=1);

$articles = require __DIR__ . '/../articles.php';

top('Articles');
?>
<p class="big">None of these URLs is a file.</p>
<p>The setting <code>php.fallback=/index.php</code> sends them to a front controller, which looks at <code>REQUEST_URI</code>.</p>
<ul class="cards">
<?php foreach ($articles as $slug => ['title' => $title]): ?>
  <li><a href="<?= e(url('/articles/' . $slug)) ?>"><strong><?= e($title) ?></strong> /articles/<?= e($slug) ?></a></li>
<?php endforeach ?>
  <li><a href="<?= e(url('/articles/not-written')) ?>"><strong>An article that is not there</strong> and gets a 404</a></li>
</ul>
<?php bottom();
