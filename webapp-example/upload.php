<?php
declare(strict_types=1);

// Takes a file, shows what arrived, and keeps nothing: PHP deletes the temporary file when the script ends.

require __DIR__ . '/WEB-INF/php/page.php';
require __DIR__ . '/WEB-INF/php/uploads.php';

$received = received();
if (is_string($received)) {
    http_response_code(422);
}

top('Upload');
?>
<p class="big">Send a file, and compare its checksum with your own.</p>
<p>A slow upload holds no PHP worker: PHP is asked when the file is complete. Nothing is kept.</p>
<?php if (is_string($received)): ?>
<p class="error" role="alert"><?= e($received) ?></p>
<?php elseif ($received !== null): ?>
<section class="result" role="status" aria-label="What arrived">
<dl class="variables">
  <div><dt>Name</dt><dd><?= e($received['name']) ?></dd></div>
  <div><dt>Size</dt><dd><?= e(number_format($received['size'])) ?> bytes</dd></div>
  <div><dt>SHA-256</dt><dd><?= e($received['sha256']) ?></dd></div>
</dl>
</section>
<?php endif ?>
<form id="upload" method="post" enctype="multipart/form-data">
  <label for="file">File, up to <?= e(limit('upload_max_filesize')) ?></label>
  <input id="file" name="file" type="file" required>
  <button>Upload</button>
  <progress id="bar" max="1" value="0" aria-label="Sent" hidden></progress>
</form>
<p class="note">On Linux <code>sha256sum FILE</code> gives the same checksum, on macOS <code>shasum -a 256 FILE</code>,
on Windows <code>certutil -hashfile FILE SHA256</code>.</p>
<h2>Limits</h2>
<dl class="variables">
  <div><dt>upload_max_filesize</dt><dd><?= e(limit('upload_max_filesize')) ?></dd><dd class="note">for one file</dd></div>
  <div><dt>post_max_size</dt><dd><?= e(limit('post_max_size')) ?></dd><dd class="note">for a whole form; with a private php-fpm the setting maxRequestBody</dd></div>
  <div><dt>max_file_uploads</dt><dd><?= e((string) ini_get('max_file_uploads')) ?></dd><dd class="note">for the number of files</dd></div>
</dl>
<details>
<summary>What may go wrong, and what PHP calls it</summary>
<dl class="variables">
<?php foreach (uploadErrors() as [$constant, $meaning]): ?>
  <div><dt><?= e($constant) ?></dt><dd class="plain"><?= e($meaning) ?></dd></div>
<?php endforeach ?>
</dl>
</details>
<script src="<?= e(url('/assets/upload.js')) ?>"></script>
<?php bottom();
