<?php
declare(strict_types=1);

/** Escapes for HTML, in text and in quoted attributes. Bytes that are no UTF-8 become U+FFFD. */
function e(string|int $value): string
{
    return htmlspecialchars((string) $value, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
}

/** A text field of the form that was sent; '' if it is missing, or is an array because somebody named it "field[]". */
function field(string $name): string
{
    $value = $_POST[$name] ?? '';

    return is_string($value) ? $value : '';
}

/** A size in bytes as people read it: '512 bytes', '1.5 MiB'. */
function size(int $bytes): string
{
    $units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
    $step = $bytes > 0 ? min((int) floor(log($bytes, 1024)), count($units) - 1) : 0;

    return round($bytes / 1024 ** $step, 1) . ' ' . $units[$step];
}
