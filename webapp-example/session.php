<?php
declare(strict_types=1);
require __DIR__ . '/WEB-INF/php/page.php';

session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'use_strict_mode' => true]);
$_SESSION['token'] ??= bin2hex(random_bytes(16));
$_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + 1;
$error = null;

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    if (!hash_equals($_SESSION['token'], (string) ($_POST['token'] ?? ''))) {
        $error = 'The form has expired; please send it again.';
    } elseif (isset($_POST['logout'])) {
        session_regenerate_id(true);
        unset($_SESSION['name']);
    } elseif (trim((string) ($_POST['name'] ?? '')) === '') {
        $error = 'Please say your name.';
    } else {
        session_regenerate_id(true);
        $_SESSION['name'] = substr(trim((string) $_POST['name']), 0, 80);
    }
    if ($error === null) {
        header('Location: ' . base() . '/session.php', true, 303);
        exit;
    }
}

top('Session');
if ($error !== null) {
    printf('<p class="error" role="alert">%s</p>', e($error));
}
?>
<p>You have been here <strong><?= e($_SESSION['visits']) ?></strong> <?= $_SESSION['visits'] === 1 ? 'time' : 'times' ?> in this session.
It survives a restart of the server.</p>
<form method="post">
  <input type="hidden" name="token" value="<?= e($_SESSION['token']) ?>">
<?php if (isset($_SESSION['name'])): ?>
  <p>Hello, <strong><?= e($_SESSION['name']) ?></strong>.</p>
  <button name="logout" value="1">Log out</button>
<?php else: ?>
  <label for="name">Your name</label>
  <input id="name" name="name" autocomplete="name" maxlength="80" required>
  <button>Log in</button>
<?php endif ?>
</form>
<?php bottom();
