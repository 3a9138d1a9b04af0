// SPDX-License-Identifier: Apache-2.0

/// Pages a user is shown instead of being led back to the app.
enum ErrorPages {
    /// Intuit shows a page like this, and doesn't redirect, for an unknown client as well.
    static let redirectURI = PageLayout.html(
        title: "The app can't be connected",
        body: """
            <h1>Sorry, the app can't be connected</h1>
            <p>The <code>redirect_uri</code> query parameter value is invalid. Make sure it is listed in the
            <b>Redirect URIs</b> section on your app's keys tab and matches it exactly, to the last character.
            Make sure, too, that the <code>client_id</code> is one of that app's.</p>
            <p><a href="\(Dashboard.path)">App dashboard</a></p>
            """)

    static let noCompany = PageLayout.html(
        title: "No company chosen",
        body: "<h1>No company chosen</h1>\n<p>Go back, pick one of the companies, and press <b>Connect</b>.</p>")

    static let notAdmin = PageLayout.html(
        title: "Only an administrator can connect",
        body: """
            <h1>Only an administrator can connect</h1>
            <p>You are not an administrator of this company, so you can't connect apps with it. Ask one of its
            administrators to do it, or to make you one.</p>
            """)

    static let unavailable = """
        <html><head><title>503 Service Temporarily Unavailable</title></head>
        <body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center></body></html>

        """

    static let maintenance = """
        <!doctype html><html><head><title>Scheduled maintenance</title></head>
        <body><h1>We'll be right back</h1><p>This service is being maintained.</p></body></html>

        """

    static let tooLarge = """
        <html><head><title>413 Request Entity Too Large</title></head>
        <body><center><h1>413 Request Entity Too Large</h1></center><hr><center>nginx</center></body></html>

        """

    static let tooMany = """
        <html><head><title>429 Too Many Requests</title></head>
        <body><center><h1>429 Too Many Requests</h1></center></body></html>

        """
}
