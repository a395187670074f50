package org.jettyphp.launch;

import org.eclipse.jetty.http.MimeTypes;

/**
 * Media types of plain files that Jetty's own list lacks (12.1.10 has 203 endings). A file without a type is for the browser to guess:
 * with {@code X-Content-Type-Options: nosniff} it guesses nothing, and without it what an upload looks like.
 *
 * <p>They are IANA's, or where it has none, those that Apache and nginx bring along.
 */
final class FileTypes {

    /** A type, and the endings that have it. */
    private static final String LIST = """
            application/atom+xml atom
            application/dash+xml mpd
            application/epub+zip epub
            application/geo+json geojson
            application/gpx+xml gpx
            application/ld+json jsonld
            application/manifest+json webmanifest
            application/rss+xml rss
            application/vnd.apple.keynote key
            application/vnd.apple.mpegurl m3u8
            application/vnd.apple.numbers numbers
            application/vnd.apple.pages pages
            application/vnd.comicbook+zip cbz
            application/vnd.comicbook-rar cbr
            application/vnd.debian.binary-package deb
            application/vnd.google-earth.kml+xml kml
            application/vnd.google-earth.kmz kmz
            application/vnd.ms-excel.sheet.binary.macroenabled.12 xlsb
            application/vnd.ms-excel.sheet.macroenabled.12 xlsm
            application/vnd.ms-word.document.macroenabled.12 docm
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.spreadsheetml.template xltx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
            application/x-7z-compressed 7z
            application/x-apple-diskimage dmg
            application/x-bittorrent torrent
            application/x-iso9660-image iso
            application/x-mobipocket-ebook mobi
            application/x-subrip srt
            application/yaml yaml yml
            audio/aac aac
            audio/flac flac
            audio/mp4 m4a
            audio/ogg oga opus
            audio/webm weba
            audio/x-ms-wma wma
            image/heic heic
            image/heif heif
            image/jxl jxl
            image/vnd.adobe.photoshop psd
            image/vnd.dwg dwg
            message/rfc822 eml
            model/gltf+json gltf
            model/gltf-binary glb
            model/stl stl
            text/calendar ics
            text/markdown md
            text/vcard vcf
            text/vtt vtt
            video/3gpp 3gp
            video/3gpp2 3g2
            video/mp2t ts
            video/ogg ogv
            video/webm webm
            video/x-flv flv
            video/x-m4v m4v
            video/x-matroska mkv
            video/x-ms-wmv wmv
            """;

    private FileTypes() {}

    /** What Jetty knows itself stays; what a {@code web.xml} says later replaces this. */
    static void addTo(MimeTypes.Mutable types) {
        LIST.lines().map(line -> line.split(" ")).forEach(words -> {
            for (int i = 1; i < words.length; i++) {
                if (types.getMimeByExtension("." + words[i]) == null) {
                    types.addMimeMapping(words[i], words[0]);
                }
            }
        });
    }
}
