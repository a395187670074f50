<?php $body = file_get_contents('php://input'); echo strlen($body), ' ', hash('sha256', $body), ' ', $_SERVER['CONTENT_LENGTH'] ?? 'none';
