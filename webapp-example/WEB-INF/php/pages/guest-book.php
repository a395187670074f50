<?php
declare(strict_types=1);
?>
<h2>Your guest book</h2>
<p>You are <strong><?= e($_SESSION['name']) ?></strong>. What you write is in your session: nobody else sees it, the last ten entries
stay, and all go when you log out.</p>
<form method="post">
  <input type="hidden" name="token" value="<?= e($_SESSION['token']) ?>">
  <label for="text">Say something</label>
  <textarea id="text" name="text" rows="3" maxlength="200" required><?= e(field('text')) ?></textarea>
  <button name="action" value="write">Write it down</button>
</form>
<?php if ($_SESSION['guestBook'] === []): ?>
<p class="note">Nothing is written yet.</p>
<?php else: ?>
<ol class="entries">
<?php foreach ($_SESSION['guestBook'] as ['text' => $text, 'time' => $time]): ?>
  <li><p><?= nl2br(e($text)) ?></p><time datetime="<?= date('c', $time) ?>"><?= date('j M Y, H:i', $time) ?></time></li>
<?php endforeach ?>
</ol>
<?php endif ?>
<form method="post">
  <input type="hidden" name="token" value="<?= e($_SESSION['token']) ?>">
  <button class="quiet" name="action" value="log-out">Log out</button>
</form>
