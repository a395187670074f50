<?php
declare(strict_types=1);
require __DIR__ . '/WEB-INF/php/page.php';

const ERRORS = [
    UPLOAD_ERR_INI_SIZE => 'The file is larger than upload_max_filesize.',
    UPLOAD_ERR_FORM_SIZE => 'The file is larger than the form allows.',
    UPLOAD_ERR_PARTIAL => 'The file did not come whole.',
    UPLOAD_ERR_NO_FILE => 'Please choose a file.',
    UPLOAD_ERR_NO_TMP_DIR => 'PHP has no directory for uploads.',
    UPLOAD_ERR_CANT_WRITE => 'PHP cannot write to its directory for uploads.',
    UPLOAD_ERR_EXTENSION => 'An extension of PHP refused the file.',
];
$file = $_FILES['file'] ?? null;
top('Upload');
if ($file !== null && $file['error'] !== UPLOAD_ERR_OK) {
    printf('<p class="error" role="alert">%s</p>', e(ERRORS[$file['error']] ?? 'Unknown error ' . $file['error']));
} elseif ($file !== null) {
    printf('<dl class="variables"><dt>Name</dt><dd>%s</dd><dt>Size</dt><dd>%s bytes</dd><dt>SHA-256</dt><dd>%s</dd></dl>',
        e($file['name']), e(number_format($file['size'])), e(hash_file('sha256', $file['tmp_name'])));
} elseif ($_SERVER['REQUEST_METHOD'] === 'POST') {
    echo '<p class="error" role="alert">Nothing came: was the file larger than post_max_size?</p>';
}
?>
<p>A slow upload holds no PHP worker: PHP is asked when the file is complete. Nothing is kept; you get the checksum of what arrived.</p>
<form method="post" enctype="multipart/form-data">
  <label for="file">File, up to <?= e(ini_get('upload_max_filesize')) ?> bytes</label>
  <input id="file" name="file" type="file" required>
  <button>Upload</button>
</form>
<?php bottom();
