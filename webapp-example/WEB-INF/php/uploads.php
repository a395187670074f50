<?php
declare(strict_types=1);

/** @return array<int, array{string, string}> code => name of PHP's constant, what it means and whose turn it is */
function uploadErrors(): array
{
    return [
        UPLOAD_ERR_INI_SIZE => ['UPLOAD_ERR_INI_SIZE', 'The file is larger than upload_max_filesize in PHP\'s settings.'],
        UPLOAD_ERR_FORM_SIZE => ['UPLOAD_ERR_FORM_SIZE', 'The file is larger than MAX_FILE_SIZE, a field of the form.'],
        UPLOAD_ERR_PARTIAL => ['UPLOAD_ERR_PARTIAL', 'Only a part of the file came. Please send it again.'],
        UPLOAD_ERR_NO_FILE => ['UPLOAD_ERR_NO_FILE', 'No file came. Please choose one.'],
        UPLOAD_ERR_NO_TMP_DIR => ['UPLOAD_ERR_NO_TMP_DIR', 'PHP has no directory for uploads: upload_tmp_dir is missing.'],
        UPLOAD_ERR_CANT_WRITE => ['UPLOAD_ERR_CANT_WRITE', 'PHP cannot write to its directory for uploads. Is the disk full?'],
        UPLOAD_ERR_EXTENSION => ['UPLOAD_ERR_EXTENSION', 'An extension of PHP stopped the upload.'],
    ];
}

/** The size of an ini setting such as "8M" as people read it; 0 means that there is no limit. */
function limit(string $setting): string
{
    $bytes = ini_parse_quantity((string) ini_get($setting));

    return $bytes === 0 ? 'no limit' : size($bytes);
}

/**
 * What became of the upload.
 *
 * @return array{name: string, size: int, sha256: string}|string|null the file, or what went wrong, or null: nothing was sent
 */
function received(): array|string|null
{
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        return null;
    }
    $file = $_FILES['file'] ?? null;
    if ($file === null && (int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > 0 && $_POST === []) {
        return 'PHP took nothing. A request larger than post_max_size (' . limit('post_max_size') . ') reaches a script empty.';
    }
    if ($file === null || is_array($file['error'])) {
        return 'The form has one file, in a field named "file".';
    }
    if ($file['error'] !== UPLOAD_ERR_OK) {
        [$constant, $meaning] = uploadErrors()[$file['error']] ?? ['error ' . $file['error'], 'This PHP is newer than the example.'];

        return $meaning . ' (' . $constant . ')';
    }

    return ['name' => $file['name'], 'size' => $file['size'], 'sha256' => (string) hash_file('sha256', $file['tmp_name'])];
}
