<?php http_response_code((int) $_GET["code"]); echo "body of ", $_GET["code"];
