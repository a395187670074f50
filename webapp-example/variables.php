<?php
declare(strict_types=1);

// What PHP finds in $_SERVER; credentials, and the environment of the worker, are not shown.

require __DIR__ . '/WEB-INF/php/page.php';
require __DIR__ . '/WEB-INF/php/variables.php';

$withPathInfo = url('/variables.php/some/path info') . '?a=x%7Cy&b=%C3%A9';

top('Variables');
?>
<p class="big">What PHP finds in <code>$_SERVER</code>.</p>
<p>Try it with <a href="<?= e($withPathInfo) ?>">path info and a query</a>. What may be a secret is not shown: cookies, credentials,
the environment of the worker.</p>
<?php foreach (variableGroups() as $heading => $variables): ?>
<h2><?= e($heading) ?></h2>
<dl class="variables">
<?php foreach ($variables as $name => $meaning): $value = $_SERVER[$name] ?? null; ?>
  <div><dt><?= e($name) ?></dt><dd><?= $value === null ? '<em>absent</em>' : e($value) ?></dd><dd class="note"><?= e($meaning) ?></dd></div>
<?php endforeach ?>
</dl>
<?php endforeach ?>
<h2>Headers</h2>
<dl class="variables">
<?php foreach (headerVariables() as $name => $value): ?>
  <div><dt><?= e($name) ?></dt><dd><?= e($value) ?></dd></div>
<?php endforeach ?>
</dl>
<?php bottom();
