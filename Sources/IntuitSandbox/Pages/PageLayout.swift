// SPDX-License-Identifier: Apache-2.0

/// The frame of every page of the sandbox: its own look, so that nobody takes it for Intuit.
enum PageLayout {
    static func html(title: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(XMLText.escaped(title)) · Intuit sandbox</title>
        <style>\(style)</style>
        </head>
        <body>
        <header><strong>intuit-sandbox</strong> <span>an imitation on this machine; not Intuit</span></header>
        <main>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1d2733;--paper:#fbfaf7;--line:#c9c4b8;--accent:#0b5a52;--on:#fff}
        @media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--paper:#181c20;--line:#4a4f55;--accent:#6fc7b8;--on:#10201e}}
        body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        header{padding:.6rem 1rem;border-bottom:3px double var(--line)}header span{font-size:.875rem}
        main{max-width:42rem;margin:1.5rem auto;padding:0 1rem}h1{font-size:1.4rem}
        fieldset{border:1px solid var(--line);border-radius:4px;margin:1rem 0;padding:.5rem 1rem}
        label{display:block;padding:.35rem 0}
        button{font:inherit;padding:.5rem 1.4rem;border:1px solid var(--accent);border-radius:4px;margin-right:.5rem;
        background:transparent;color:var(--accent);cursor:pointer}
        button.main{background:var(--accent);color:var(--on)}
        button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        code{font-size:.9rem;overflow-wrap:anywhere}a{color:var(--accent)}
        table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem .3rem 0;
        text-align:left;vertical-align:top}
        """
}
