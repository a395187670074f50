<?php
declare(strict_types=1);

/**
 * @return array<string, string> name => what password_hash() made of the password, which is "jetty".
 *
 * The one password that may be printed on the page: the account belongs to everybody who tries the example.
 */
return [
    'guest' => '$2y$10$dr8b6c8nkJFp2RipU.T50.EB3wEYrPaSYyUgwoJrx/bww0Uua3Euy',
];
