// SPDX-License-Identifier: Apache-2.0

/// The one stylesheet, `/assets/sandbox.css`.
enum Stylesheet {
    static let text = colours + frame + content + forms + windows + narrow

    private static let colours = """
        :root{color-scheme:light dark;--ink:#1d2733;--soft:#59636b;--paper:#fbfaf7;--card:#fff;--line:#d5d0c4;
          --shade:#f1eee6;--accent:#0b5a52;--on:#fff;--bad:#9c2a1f;--bad-bg:#fbe8e4;--good-bg:#e1f1ea;
          --field:#8b9196}
        @media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#a9b0b3;--paper:#181c20;--card:#20262b;
          --line:#3d444b;--shade:#293036;--accent:#6fc7b8;--on:#10201e;--bad:#ff9f92;--bad-bg:#46201b;
          --good-bg:#17382f;--field:#767f86}}

        """

    private static let frame = """
        *{box-sizing:border-box}
        body{margin:0;font:16px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--paper)}
        a{color:var(--accent);text-underline-offset:.15em}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
        .skip{position:absolute;left:-999px}
        .skip:focus{left:.5rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:9}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .top{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1rem;padding:.55rem 1.25rem;
          background:var(--card);border-bottom:3px double var(--line)}
        .brand{font-weight:700;color:var(--ink);text-decoration:none} .note{font-size:.85rem;color:var(--soft)}
        nav{display:flex;align-items:center;gap:.2rem .4rem;margin-left:auto}
        nav a,summary{padding:.4rem .6rem;border-radius:4px;text-decoration:none;color:var(--ink);cursor:pointer}
        nav a:hover,summary:hover{background:var(--shade)} .menu{position:relative}
        .menu ul{position:absolute;right:0;z-index:5;list-style:none;margin:.2rem 0 0;padding:.3rem;min-width:13rem;
          background:var(--card);border:1px solid var(--line);border-radius:6px;box-shadow:0 6px 24px #0003}
        .menu li a{display:block} .account{display:flex;align-items:center;gap:.6rem;font-size:.95rem}
        main{max-width:46rem;margin:1.6rem auto 4rem;padding:0 1.25rem} main.wide{max-width:64rem}

        """

    private static let content = """
        h1{font-size:1.55rem;line-height:1.2;margin:.2rem 0 .8rem}
        h2{font-size:1.2rem;line-height:1.3;margin:1.8rem 0 .6rem} .card h2,.card>h3:first-child{margin-top:0}
        h3{font-size:1rem;margin:1.2rem 0 .4rem} p{margin:.5rem 0} .lead,.hint{color:var(--soft)}
        .hint{font-size:.9rem;margin:.25rem 0 0} .crumbs{font-size:.9rem;margin:0 0 .3rem}
        code{font:.88em ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
        pre{font:.85rem/1.45 ui-monospace,"DejaVu Sans Mono",monospace;background:var(--shade);padding:.7rem .9rem;
          border-radius:6px;overflow:auto;max-height:22rem;white-space:pre-wrap;overflow-wrap:anywhere}
        .card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1.1rem 1.3rem;
          margin:1rem 0}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem}
        .cards .card{margin:0}
        .message{padding:.65rem .9rem;border-left:4px solid var(--accent);background:var(--good-bg);
          border-radius:4px;margin:0 0 1rem;overflow-wrap:anywhere}
        .message.trouble{border-color:var(--bad);background:var(--bad-bg)}
        table{border-collapse:collapse;width:100%}
        td,th{border-bottom:1px solid var(--line);padding:.45rem .8rem .45rem 0;text-align:left;vertical-align:top}
        th{font-weight:600} thead th{font-size:.85rem;color:var(--soft)} tbody tr:last-child td{border-bottom:0}
        td code{font-size:.85rem} .whole{white-space:nowrap}
        .tag{font-size:.8rem;padding:.1rem .55rem;border-radius:9px;background:var(--shade);white-space:nowrap}
        .tag.bad{background:var(--bad-bg);color:var(--bad)}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:.6rem 0}
        .facts dt{color:var(--soft)} .facts dd{margin:0;overflow-wrap:anywhere}
        table button{white-space:nowrap} table.acts td:first-child{width:20rem}
        .tabs{display:flex;gap:.3rem;border-bottom:1px solid var(--line);margin:0 0 1rem}
        .tabs a{padding:.5rem .9rem;text-decoration:none;border-bottom:3px solid transparent;margin:0 0 -1px}
        .tabs a[aria-current]{border-color:var(--accent);font-weight:600;color:var(--ink)}
        .big{font-size:1.5rem;font-weight:600;margin:.2rem 0 1rem;font-variant-numeric:tabular-nums}

        """

    private static let forms = """
        .field{margin:.8rem 0} .field>label{display:block;font-weight:600;font-size:.95rem;margin:0 0 .2rem}
        input[type=text],input[type=email],input[type=password],input[type=url],select,textarea{font:inherit;
          width:100%;color:var(--ink);background:var(--card);border:1px solid var(--field);border-radius:4px;
          padding:.45rem .6rem}
        textarea{font:.88rem/1.4 ui-monospace,"DejaVu Sans Mono",monospace;resize:vertical}
        input[readonly],textarea[readonly]{background:var(--shade)}
        .copy input{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9rem}
        input[aria-invalid][name]{border-color:var(--bad);border-width:2px}
        .copy{display:flex;gap:.5rem;align-items:flex-start} .copy>:first-child{flex:1;min-width:0}
        fieldset{border:1px solid var(--line);border-radius:6px;margin:1rem 0;padding:.5rem 1rem .8rem;min-width:0}
        legend{font-weight:600;padding:0 .4rem}
        .tick{display:flex;gap:.6rem;align-items:flex-start;padding:.35rem 0;overflow-wrap:anywhere}
        .tick input{width:1.15rem;height:1.15rem;margin:.2rem 0 0;flex:none;accent-color:var(--accent)}
        .tick small{color:var(--soft)} .tick.off{color:var(--soft)}
        button,.button{font:inherit;display:inline-block;padding:.45rem 1.1rem;border:1px solid var(--accent);
          border-radius:4px;background:transparent;color:var(--accent);cursor:pointer;text-decoration:none;
          line-height:1.5}
        button:hover,.button:hover{background:var(--shade)}
        button.main,.button.main{background:var(--accent);color:var(--on)}
        button.main:hover,.button.main:hover{filter:brightness(1.1)}
        button.danger{border-color:var(--bad);color:var(--bad)}
        button.quiet{border-color:var(--line);color:var(--ink)} select.short{width:auto}
        button:disabled{opacity:.45;cursor:not-allowed} button[hidden]{display:none} .inline{display:inline}
        .actions{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0 .2rem}
        .row{display:grid;grid-template-columns:1fr 1fr;gap:0 1.2rem} td .actions{margin:0}

        """

    private static let windows = """
        .backdrop{position:fixed;inset:0;background:#0008;display:grid;place-items:center;padding:1rem;z-index:8;
          overflow:auto}
        .window{background:var(--card);border-radius:10px;padding:1.4rem 1.6rem;max-width:34rem;width:100%;
          box-shadow:0 12px 48px #0006}
        .terms{max-height:14rem;overflow:auto;border:1px solid var(--line);border-radius:6px;padding:.4rem .9rem;
          font-size:.92rem}
        .step{scroll-margin-top:1rem}
        .hero{padding:1.5rem 0 .5rem} .hero h1{font-size:2rem}

        """

    private static let narrow = """
        @media (max-width:40rem){.top{padding:.55rem .9rem;gap:.2rem .6rem}
        .note{order:5;flex-basis:100%;font-size:.78rem} nav{order:4;margin:0 0 0 -.6rem;flex-basis:100%}
        .account{margin-left:auto} .menu ul{left:0;right:auto} .menu:last-child ul{left:auto;right:0}
        main{padding:0 .9rem;margin-top:1rem} .card{padding:.9rem 1rem} .row{grid-template-columns:1fr}
        .facts{grid-template-columns:1fr;gap:0} .facts dd{margin:0 0 .5rem} .hero h1{font-size:1.6rem}
        table.stack thead{display:none}
        table.stack tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}
        table.stack tr:last-child{border:0}
        table.stack td,table.acts td:first-child{display:block;width:auto;border:0;padding:.15rem 0}
        .tick code{font-size:.8em} .window{padding:1.1rem}}

        """
}
