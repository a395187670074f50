<?php
declare(strict_types=1);
require __DIR__ . '/WEB-INF/php/page.php';

$groups = ['The script' => '/^(SCRIPT_|DOCUMENT_|PATH_(INFO|TRANSLATED)$|PHP_SELF|CONTEXT_)/', 'The request' => '/^(REQUEST_|QUERY_|CONTENT_|HTTPS$|REDIRECT_)/',
    'Client and server' => '/^(REMOTE_|SERVER_|GATEWAY_)/', 'Headers' => '/^HTTP_/'];
top('Variables');
?>
<p>What PHP finds in <code>$_SERVER</code>. Try <a href="<?= e(base()) ?>/variables.php/some/path%20info?a=x|y">path info and a query</a>. Credentials are not shown.</p>
<?php foreach ($groups as $label => $pattern): ?>
<h2><?= e($label) ?></h2>
<dl class="variables">
<?php foreach ($_SERVER as $name => $value):
    if (!preg_match($pattern, $name) || is_array($value)) {
        continue;
    }
    $secret = in_array($name, ['HTTP_COOKIE', 'HTTP_AUTHORIZATION'], true); ?>
  <dt><?= e($name) ?></dt><dd><?= $secret ? '(hidden)' : e($value) ?></dd>
<?php endforeach ?>
</dl>
<?php endforeach;
bottom();
