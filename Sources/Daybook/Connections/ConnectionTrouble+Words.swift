// SPDX-License-Identifier: Apache-2.0

extension ConnectionTrouble {
    /// For the bookkeeper: what is known, and what to do now.
    package var explanation: String {
        switch cause {
        case .grantRefused:
            """
            QuickBooks no longer accepts this connection, most often because somebody disconnected it. Press Connect \
            to QuickBooks, or enter a new refresh token.
            """
        case .refusedEarly:
            """
            QuickBooks no longer accepts this connection, although its refresh token was less than a day old. Either \
            somebody disconnected it, or another program (a test copy, an older server, Intuit's Playground) uses the \
            same token and has changed it. Stop such a program, then press Connect to QuickBooks, or enter a new \
            refresh token.
            """
        case .usedElsewhere:
            """
            The refresh token stopped working although QuickBooks still lets Daybook in: it seems that another \
            program (a test copy, an older server, Intuit's Playground) uses the same one and has changed it. Stop \
            that program, then press Connect to QuickBooks, or enter a new refresh token.
            """
        case .answerLost:
            """
            The answer to an earlier renewal was lost on the way or came as an error, and with it, it seems, a new \
            refresh token; the old one no longer works. Press Connect to QuickBooks, or enter a new refresh token.
            """
        case .restoredCopy:
            """
            Daybook's database was restored from a backup, and the refresh token in it has been changed since. If the \
            newest tokens.journal of the former data folder is still there, stop Daybook, put it in this folder and \
            start again. Else press Connect to QuickBooks, or enter a new refresh token.
            """
        case .idleExpired:
            """
            The connection was not used for more than 100 days and QuickBooks let it expire. Press Connect to \
            QuickBooks, or enter a new refresh token.
            """
        case .hardExpired:
            """
            QuickBooks asks for a new consent every five years, and that time has come. Press Connect to QuickBooks.
            """
        case .userRemoved:
            """
            The person who connected is no longer a user of this QuickBooks company. A current administrator must \
            press Connect to QuickBooks.
            """
        case .companyRefused:
            """
            QuickBooks no longer lets this connection into the company (its answer was 3100), most often because \
            somebody disconnected it there or the person who connected was removed. Press Connect to QuickBooks, or \
            enter a new refresh token; Daybook also tries again by itself every ten minutes.
            """
        case .accessRefused:
            """
            Intuit renews the connection, but QuickBooks refuses even fresh access tokens. Daybook tries again by \
            itself, ever more rarely. If it lasts for hours, press Connect to QuickBooks.
            """
        case .clientRefused:
            """
            Intuit refuses the Client ID or Client Secret, which it accepted before; most often the secret was changed \
            at Intuit. Copy both again from the app's keys into Settings; the connection itself is kept.
            """
        case .appRefused:
            """
            Intuit says that the app with this Client ID is not allowed to renew the connection \
            (unauthorized_client). Look at the app on Intuit's developer pages, or enter another app's keys under \
            Settings; the connection itself is kept and tried again.
            """
        case .requestRefused:
            """
            Intuit refuses to renew the connection for a reason that the connection's history names. The connection \
            is kept and tried again by itself. If it lasts, press Connect to QuickBooks.
            """
        case .environmentMissing:
            """
            This connection belongs to an environment of Intuit's (production or sandbox) that this Daybook was not \
            started for. Start Daybook with that environment's addresses again, or connect the company anew.
            """
        case .subscriptionLapsed:
            "The company's QuickBooks subscription does not allow writing. Renew it at Intuit; posting then goes on."
        case .notAllowed:
            """
            The company's QuickBooks plan, or the rights of the person who connected, don't allow posting journal \
            entries as they are. A QuickBooks administrator can change either; posting then goes on by itself.
            """
        case .unreachable:
            """
            Intuit can't be reached or gives no usable answer. Daybook tries again by itself. If it lasts for hours, \
            check that this computer reaches the internet.
            """
        case .quickBooksUnreachable:
            """
            QuickBooks can't be reached or gives no usable answer. Daybook tries again by itself. If it lasts for \
            hours, check that this computer reaches the internet.
            """
        }
    }
}
