<?php
declare(strict_types=1);
?>
<h2>Log in</h2>
<p>The name is <code>guest</code>, the password <code>jetty</code>. PHP has only what <code>password_hash()</code> made of it.</p>
<form method="post">
  <input type="hidden" name="token" value="<?= e($_SESSION['token']) ?>">
  <label for="name">Name</label>
  <input id="name" name="name" value="<?= e(field('name')) ?>" autocomplete="username" autocapitalize="none" maxlength="80" required>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password" maxlength="72" required>
  <button name="action" value="log-in">Log in</button>
</form>
