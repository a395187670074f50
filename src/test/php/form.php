<?php header('Content-Type: text/plain'); echo json_encode(['post' => $_POST, 'files' => array_map(fn ($f) => [$f['name'], $f['size'], $f['error'], hash_file('sha256', $f['tmp_name'])], $_FILES)]);
